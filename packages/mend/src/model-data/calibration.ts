import type { Calibration } from '../calibration.ts';

/** Made by bench/mend/calibrate.ts. */
export const calibration: Calibration = {
  "best": {
    "stop": {
      "shift": 0.15,
      "slope": 1.18,
      "margin": -0.26,
      "traits": {
        "after unknown": -0.29,
        "ahead on page": 0.37,
        "apart": -0.52,
        "aside": -0.44,
        "before unknown": 0.74,
        "between counted": 0.04,
        "border before": -0.25,
        "bracket": 0.09,
        "cell": -0.96,
        "doubted": -1.57,
        "few words": -0.57,
        "figure after": -0.29,
        "figure before": -0.78,
        "heading": 0.07,
        "item next": -1.02,
        "label": 0.48,
        "law": 1.11,
        "left counted": 0.77,
        "listed": -0.94,
        "prose": 0.49,
        "right counted": 0.18,
        "space after": 1.03
      }
    },
    "mark": {
      "shift": 0.07,
      "slope": 1.56,
      "margin": -0.45,
      "traits": {
        "after unknown": 0.28,
        "ahead on page": 0.49,
        "aside": 0.43,
        "before unknown": -0.52,
        "between counted": -0.53,
        "border before": -2.11,
        "bracket": 0.52,
        "cell": 0.27,
        "doubted": -0.43,
        "few words": 1.21,
        "figure after": 0.26,
        "figure before": -0.34,
        "heading": -0.08,
        "item next": 0.75,
        "label": -0.02,
        "law": -0.63,
        "left counted": -0.61,
        "link": -0.79,
        "listed": 0.7,
        "name": 0,
        "prose": -0.24,
        "right counted": 0.05,
        "space after": -0.6
      }
    },
    "sign": {
      "shift": -1.55,
      "slope": 1.02,
      "margin": 0.47,
      "traits": {
        "after unknown": 1.72,
        "ahead on page": 0.15,
        "aside": -0.34,
        "before unknown": 0.8,
        "between counted": 0.45,
        "border before": -0.02,
        "bracket": -0.01,
        "cell": -0.13,
        "few words": 0.9,
        "figure after": 0.52,
        "figure before": -0.48,
        "heading": 0.11,
        "item next": 0.19,
        "label": 0.54,
        "law": -0.21,
        "left counted": 0.07,
        "link": 0,
        "listed": 0.53,
        "prose": 0.14,
        "right counted": 1.05,
        "space after": -0.05
      }
    },
    "han": {
      "shift": -0.51,
      "slope": 0.7,
      "margin": 0.44,
      "traits": {
        "after unknown": 0,
        "ahead on page": 0.65,
        "apart": 0.26,
        "aside": 0.28,
        "before unknown": 0.14,
        "between counted": 0.32,
        "border before": -0.35,
        "bracket": -0.19,
        "cell": 0.15,
        "doubted": 0.02,
        "few words": 0.47,
        "figure after": -0.13,
        "figure before": 0.28,
        "heading": 0.28,
        "item next": 0.25,
        "label": 0.13,
        "law": -0.11,
        "left counted": -0.2,
        "link": -0.19,
        "listed": 0.15,
        "name": -0.41,
        "on page": 0.43,
        "prose": -0.83,
        "right counted": 0.04,
        "space after": 0.54,
        "two on page": 0.92
      }
    }
  },
  "kinds": {
    "pair-lost han end forms": [
      -0.64,
      -0.08
    ],
    "pair-lost han end known": [
      0.97,
      -0.28
    ],
    "pair-lost han mid forms": [
      0.18,
      0.08
    ],
    "pair-lost han mid known": [
      0.45,
      -0.11
    ],
    "pair-lost sign end known": [
      -0.07,
      0.1
    ],
    "pair-lost sign mid forms": [
      -0.16,
      -0.56
    ],
    "pair-lost sign mid known": [
      0.23,
      -0.29
    ],
    "question han end forms": [
      -0.18,
      -0.56
    ],
    "question han mid forms": [
      1.37,
      0.11
    ],
    "question sign end known": [
      -0.04,
      -0.49
    ],
    "question sign mid any": [
      -0.91,
      -0.44
    ],
    "question sign mid forms": [
      0.06,
      -0.56
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
      0.29,
      -0.91
    ],
    "question stop end later": [
      0.23,
      -0.57
    ],
    "question-and-quote sign end known": [
      0.14,
      0.33
    ],
    "question-and-tag han end any": [
      -0.56,
      -0.24
    ],
    "question-and-tag han end forms": [
      0.53,
      0.23
    ],
    "question-and-tag han end known": [
      0.61,
      0.16
    ],
    "question-and-tag han end later": [
      0.35,
      0.63
    ],
    "question-and-tag han mid any": [
      -0.75,
      0.04
    ],
    "question-and-tag han mid known": [
      -0.18,
      0.1
    ],
    "question-and-tag han mid later": [
      0.51,
      0.59
    ],
    "question-and-tag mark end known": [
      0.05,
      -0.3
    ],
    "question-and-tag mark end later": [
      0.52,
      -0.19
    ],
    "question-and-tag mark mid known": [
      -0.58,
      -0.31
    ],
    "question-and-tag stop end known": [
      0.22,
      0.29
    ],
    "question-and-tag stop end later": [
      0.02,
      0.08
    ],
    "reread-byte-lost han end known": [
      0.05,
      0
    ],
    "reread-byte-lost han mid known": [
      0.32,
      0.02
    ],
    "reread-byte-lost mark end known": [
      0.21,
      -0.29
    ],
    "reread-byte-lost mark mid known": [
      -0.65,
      -0.11
    ],
    "reread-byte-lost stop end known": [
      -0.04,
      0.32
    ],
    "vanished han end any": [
      -0.62,
      -0.04
    ],
    "vanished han end known": [
      -0.16,
      -0.05
    ],
    "vanished han mid any": [
      -1,
      -0.25
    ],
    "vanished han mid known": [
      0,
      0.05
    ],
    "vanished mark mid any": [
      -0.11,
      -0.04
    ],
    "vanished mark mid known": [
      -0.19,
      -0.36
    ],
    "vanished stop end any": [
      0.01,
      -0.28
    ],
    "vanished stop end known": [
      0.08,
      0.17
    ],
    "vanished-by-words han end any": [
      -0.28,
      -0.47
    ],
    "vanished-by-words han mid any": [
      -0.72,
      0.38
    ],
    "vanished-by-words stop end any": [
      0.39,
      -0.53
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
      "question-and-tag han": 1.2,
      "question-and-tag mark": 2.4,
      "question-and-tag stop": 0,
      "reread-byte-lost han": 0,
      "reread-byte-lost mark": 0,
      "reread-byte-lost stop": 0,
      "vanished han": 0,
      "vanished mark": 0,
      "vanished stop": 0,
      "vanished-by-words han": 1.8,
      "vanished-by-words stop": 0.2
    },
    "otherwise": 2
  }
};
