import type { Calibration } from '../calibration.ts';

/** Made by bench/mend/calibrate.ts. */
export const calibration: Calibration = {
  "best": {
    "stop": {
      "shift": 0.11,
      "slope": 1.13,
      "margin": -0.18,
      "traits": {
        "after unknown": -0.27,
        "apart": -0.5,
        "aside": -0.43,
        "before unknown": 0.7,
        "between counted": -0.01,
        "border before": -0.25,
        "bracket": 0.09,
        "cell": -0.95,
        "doubted": -1.62,
        "few words": -0.56,
        "figure after": -0.38,
        "figure before": -0.77,
        "heading": -0.05,
        "item next": -1.1,
        "label": 0.47,
        "law": 1.11,
        "left counted": 0.72,
        "listed": -0.87,
        "prose": 0.43,
        "right counted": 0.25,
        "space after": 1.05
      }
    },
    "mark": {
      "shift": 0.02,
      "slope": 1.46,
      "margin": -0.32,
      "traits": {
        "after unknown": 0.28,
        "aside": 0.41,
        "before unknown": -0.62,
        "between counted": -0.53,
        "border before": -2.07,
        "bracket": 0.47,
        "cell": 0.17,
        "doubted": -0.42,
        "few words": 1.09,
        "figure after": 0.12,
        "figure before": -0.32,
        "heading": -0.17,
        "item next": 0.81,
        "label": -0.06,
        "law": -0.62,
        "left counted": -0.61,
        "link": -0.8,
        "listed": 0.53,
        "name": 0,
        "prose": -0.19,
        "right counted": 0.07,
        "space after": -0.71
      }
    },
    "sign": {
      "shift": -1.56,
      "slope": 1.02,
      "margin": 0.47,
      "traits": {
        "after unknown": 1.73,
        "aside": -0.33,
        "before unknown": 0.81,
        "between counted": 0.46,
        "border before": 0,
        "bracket": -0.01,
        "cell": -0.13,
        "few words": 0.9,
        "figure after": 0.51,
        "figure before": -0.48,
        "heading": 0.1,
        "item next": 0.19,
        "label": 0.54,
        "law": -0.21,
        "left counted": 0.07,
        "link": 0,
        "listed": 0.54,
        "prose": 0.14,
        "right counted": 1.06,
        "space after": -0.05
      }
    },
    "han": {
      "shift": -0.51,
      "slope": 0.69,
      "margin": 0.46,
      "traits": {
        "after unknown": 0,
        "apart": 0.24,
        "aside": 0.36,
        "before unknown": 0.13,
        "between counted": 0.35,
        "border before": -0.39,
        "bracket": -0.15,
        "cell": 0.15,
        "doubted": 0.01,
        "few words": 0.52,
        "figure after": -0.18,
        "figure before": 0.31,
        "heading": 0.24,
        "item next": 0.25,
        "label": 0.12,
        "law": -0.09,
        "left counted": -0.22,
        "link": -0.2,
        "listed": 0.15,
        "name": -0.41,
        "on page": 0.96,
        "prose": -0.87,
        "right counted": 0.1,
        "space after": 0.4
      }
    }
  },
  "kinds": {
    "pair-lost han end forms": [
      -0.66,
      -0.09
    ],
    "pair-lost han end known": [
      0.96,
      -0.29
    ],
    "pair-lost han mid forms": [
      0.2,
      0.09
    ],
    "pair-lost han mid known": [
      0.43,
      -0.11
    ],
    "pair-lost sign end known": [
      -0.07,
      0.1
    ],
    "pair-lost sign mid forms": [
      -0.16,
      -0.55
    ],
    "pair-lost sign mid known": [
      0.23,
      -0.29
    ],
    "question han end forms": [
      -0.24,
      -0.57
    ],
    "question han mid forms": [
      1.35,
      0.11
    ],
    "question sign end known": [
      -0.03,
      -0.49
    ],
    "question sign mid any": [
      -0.91,
      -0.44
    ],
    "question sign mid forms": [
      0.06,
      -0.55
    ],
    "question sign mid known": [
      -1.06,
      -0.12
    ],
    "question sign mid later": [
      0.5,
      0.57
    ],
    "question stop end known": [
      0.31,
      -0.91
    ],
    "question stop end later": [
      0.22,
      -0.57
    ],
    "question-and-quote sign end known": [
      0.14,
      0.33
    ],
    "question-and-tag han end any": [
      -0.57,
      -0.24
    ],
    "question-and-tag han end forms": [
      0.52,
      0.23
    ],
    "question-and-tag han end known": [
      0.6,
      0.16
    ],
    "question-and-tag han end later": [
      0.36,
      0.63
    ],
    "question-and-tag han mid any": [
      -0.76,
      0.03
    ],
    "question-and-tag han mid known": [
      -0.18,
      0.09
    ],
    "question-and-tag han mid later": [
      0.49,
      0.59
    ],
    "question-and-tag mark end known": [
      0.05,
      -0.33
    ],
    "question-and-tag mark end later": [
      0.48,
      -0.22
    ],
    "question-and-tag mark mid known": [
      -0.56,
      -0.32
    ],
    "question-and-tag stop end known": [
      0.24,
      0.29
    ],
    "question-and-tag stop end later": [
      0.01,
      0.04
    ],
    "reread-byte-lost han end known": [
      0.05,
      -0.01
    ],
    "reread-byte-lost han mid known": [
      0.3,
      0
    ],
    "reread-byte-lost mark end known": [
      0.23,
      -0.32
    ],
    "reread-byte-lost mark mid known": [
      -0.56,
      -0.13
    ],
    "reread-byte-lost stop end known": [
      -0.01,
      0.33
    ],
    "vanished han end any": [
      -0.69,
      0.13
    ],
    "vanished han end known": [
      -0.19,
      -0.08
    ],
    "vanished han mid any": [
      -0.78,
      -0.21
    ],
    "vanished han mid known": [
      0.09,
      0.01
    ],
    "vanished mark mid any": [
      0.03,
      -0.22
    ],
    "vanished mark mid known": [
      -0.17,
      -0.32
    ],
    "vanished stop end any": [
      -0.16,
      -0.21
    ],
    "vanished stop end known": [
      0.09,
      0.18
    ],
    "vanished-by-words han end any": [
      -0.26,
      -0.5
    ],
    "vanished-by-words han mid any": [
      -0.74,
      0.4
    ],
    "vanished-by-words stop end any": [
      0.42,
      -0.54
    ]
  },
  "caution": {
    "kinds": {
      "pair-lost han": 0,
      "pair-lost sign": 0.8,
      "question han": 0,
      "question sign": 0.6,
      "question stop": 1.8,
      "question-and-quote sign": 0,
      "question-and-tag han": 1,
      "question-and-tag mark": 2.6,
      "question-and-tag stop": 0,
      "reread-byte-lost han": 0,
      "reread-byte-lost mark": 0,
      "reread-byte-lost stop": 0,
      "vanished han": 0,
      "vanished mark": 0,
      "vanished stop": 0.2,
      "vanished-by-words han": 2.2,
      "vanished-by-words stop": 0
    },
    "otherwise": 2
  }
};
