import type { Calibration } from '../calibration.ts';

/** Made by bench/mend/calibrate.ts. */
export const calibration: Calibration = {
  "best": {
    "stop": {
      "shift": 0.08,
      "slope": 1.17,
      "margin": -0.22,
      "traits": {
        "after unknown": -0.23,
        "apart": -0.43,
        "aside": -0.4,
        "before unknown": 0.77,
        "between counted": 0.09,
        "border before": -0.43,
        "bracket": 0.15,
        "cell": -0.52,
        "doubted": -1.84,
        "few words": -0.52,
        "figure after": -0.55,
        "figure before": -0.82,
        "heading": -0.05,
        "item next": -1.01,
        "label": 0.27,
        "law": 1.15,
        "left counted": 0.74,
        "listed": -0.77,
        "prose": 0.44,
        "right counted": 0.2,
        "space after": 0.65
      }
    },
    "mark": {
      "shift": -0.53,
      "slope": 1.54,
      "margin": -0.29,
      "traits": {
        "after unknown": 0.3,
        "aside": 0.99,
        "before unknown": -0.35,
        "between counted": -0.42,
        "border before": -1.49,
        "bracket": 0.59,
        "cell": 0.31,
        "doubted": -0.03,
        "few words": 1.37,
        "figure after": 0.46,
        "figure before": 0.32,
        "heading": -0.27,
        "item next": 0.75,
        "label": -0.35,
        "law": -0.51,
        "left counted": -0.36,
        "link": -0.73,
        "listed": 0.81,
        "name": -0.43,
        "prose": -0.09,
        "right counted": 0.24,
        "space after": -1.15
      }
    },
    "sign": {
      "shift": -1.08,
      "slope": 1.06,
      "margin": 0.45,
      "traits": {
        "after unknown": 1.19,
        "aside": -0.1,
        "before unknown": 0.5,
        "between counted": 0.43,
        "border before": -0.12,
        "bracket": 0.07,
        "cell": -0.4,
        "few words": 0.95,
        "figure after": 0.6,
        "figure before": -0.53,
        "heading": 0.17,
        "item next": -0.15,
        "label": 0.56,
        "law": -0.39,
        "left counted": -0.05,
        "link": 0,
        "listed": 0.22,
        "on page": -0.6,
        "prose": 0.31,
        "right counted": 0.81,
        "space after": -0.52
      }
    },
    "han": {
      "shift": -0.49,
      "slope": 0.72,
      "margin": 0.42,
      "traits": {
        "after unknown": -0.04,
        "apart": 0.24,
        "aside": -0.03,
        "before unknown": 0.2,
        "between counted": 0.3,
        "border before": -0.5,
        "bracket": -0.11,
        "cell": 0.27,
        "doubted": -0.3,
        "few words": 0.49,
        "figure after": -0.08,
        "figure before": 0.25,
        "heading": 0.16,
        "item next": -0.17,
        "label": 0.11,
        "law": 0.26,
        "left counted": -0.25,
        "link": -0.49,
        "listed": 0.35,
        "name": 0.04,
        "on page": 1.02,
        "prose": -0.87,
        "right counted": 0.15,
        "space after": 0.12
      }
    }
  },
  "kinds": {
    "pair-lost han end forms": [
      -0.66,
      -0.16
    ],
    "pair-lost han end known": [
      0.99,
      -0.27
    ],
    "pair-lost han mid forms": [
      0.08,
      0.09
    ],
    "pair-lost han mid known": [
      0.45,
      -0.09
    ],
    "pair-lost sign mid forms": [
      -0.37,
      -0.55
    ],
    "pair-lost sign mid known": [
      0.09,
      -0.45
    ],
    "question han end forms": [
      -0.25,
      -0.52
    ],
    "question han mid forms": [
      1.27,
      0.26
    ],
    "question sign end known": [
      0.03,
      -0.41
    ],
    "question sign mid any": [
      -1,
      -0.35
    ],
    "question sign mid forms": [
      0.03,
      -0.54
    ],
    "question sign mid known": [
      -0.98,
      0.06
    ],
    "question sign mid later": [
      0.48,
      0.35
    ],
    "question stop end known": [
      0.21,
      -1
    ],
    "question stop end later": [
      0.12,
      -0.46
    ],
    "question-and-quote sign end known": [
      0.31,
      0.36
    ],
    "question-and-tag han end any": [
      -0.68,
      -0.17
    ],
    "question-and-tag han end forms": [
      0.4,
      0.14
    ],
    "question-and-tag han end known": [
      0.43,
      0.24
    ],
    "question-and-tag han end later": [
      0.28,
      0.51
    ],
    "question-and-tag han mid any": [
      -0.75,
      0.07
    ],
    "question-and-tag han mid known": [
      -0.01,
      0.05
    ],
    "question-and-tag han mid later": [
      0.59,
      0.54
    ],
    "question-and-tag mark end known": [
      0.11,
      -0.35
    ],
    "question-and-tag mark end later": [
      0.34,
      0.2
    ],
    "question-and-tag mark mid known": [
      -0.37,
      -0.39
    ],
    "question-and-tag stop end known": [
      0.11,
      0.18
    ],
    "question-and-tag stop end later": [
      -0.01,
      0.24
    ],
    "reread-byte-lost han end known": [
      0.01,
      0.12
    ],
    "reread-byte-lost han mid known": [
      0.28,
      0.09
    ],
    "reread-byte-lost mark end known": [
      0.33,
      -0.42
    ],
    "reread-byte-lost mark mid known": [
      -0.97,
      -0.18
    ],
    "reread-byte-lost stop end known": [
      -0.08,
      0.31
    ],
    "vanished han end any": [
      -0.61,
      0.08
    ],
    "vanished han end known": [
      -0.27,
      0.07
    ],
    "vanished han mid any": [
      -0.92,
      -0.19
    ],
    "vanished han mid known": [
      -0.1,
      -0.25
    ],
    "vanished mark mid any": [
      -0.24,
      0.13
    ],
    "vanished mark mid known": [
      -0.17,
      -0.36
    ],
    "vanished stop end any": [
      -0.15,
      -0.18
    ],
    "vanished stop end known": [
      0.08,
      0.16
    ],
    "vanished-by-words han end any": [
      -0.24,
      -0.57
    ],
    "vanished-by-words han mid any": [
      -0.23,
      0.31
    ],
    "vanished-by-words stop end any": [
      0.42,
      -0.62
    ]
  },
  "caution": {
    "kinds": {
      "pair-lost han": 0,
      "pair-lost sign": 1.6,
      "question han": 0,
      "question sign": 1.2,
      "question-and-quote sign": 0,
      "question-and-tag han": 1,
      "question-and-tag mark": 2,
      "question-and-tag stop": 0,
      "reread-byte-lost han": 0,
      "reread-byte-lost mark": 0,
      "reread-byte-lost stop": 0,
      "vanished han": 0,
      "vanished mark": 0,
      "vanished stop": 0,
      "vanished-by-words han": 1.6,
      "vanished-by-words stop": 0
    },
    "otherwise": 2
  }
};
