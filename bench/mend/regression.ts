/** One case of a logistic regression; `columns` with their `values`, all others 0. */
export interface Observation {
  readonly columns: readonly number[];
  readonly values: readonly number[];
  /** What the logarithm of the odds is where every weight is 0. */
  readonly offset: number;
  readonly right: boolean;
  readonly weight: number;
}

const mostSteps = 12;
const smallEnough = 1e-4;

/** The weights of a logistic regression, each drawn towards 0 with its own strength (ridge, Newton's steps). */
export function fitted(observations: readonly Observation[], ridge: readonly number[]): Float64Array {
  const size = ridge.length;
  const weights = new Float64Array(size);
  for (let step = 0; step < mostSteps; step++) {
    const gradient = Float64Array.from(weights, (weight, i) => -weight * (ridge[i] ?? 0));
    const hessian = Array.from({ length: size }, (_, i) => {
      const row = new Float64Array(size);
      row[i] = ridge[i] ?? 0;
      return row;
    });
    for (const observation of observations) add(observation, weights, gradient, hessian);
    const change = solved(hessian, gradient);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      weights[i] = (weights[i] ?? 0) + (change[i] ?? 0);
      largest = Math.max(largest, Math.abs(change[i] ?? 0));
    }
    if (largest < smallEnough) break;
  }
  return weights;
}

function add(
  { columns, values, offset, right, weight }: Observation,
  weights: Float64Array,
  gradient: Float64Array,
  hessian: readonly Float64Array[],
): void {
  const odds = columns.reduce((sum, column, i) => sum + (weights[column] ?? 0) * (values[i] ?? 0), offset);
  const p = 1 / (1 + Math.exp(-odds));
  const curve = weight * Math.max(p * (1 - p), 1e-6);
  const pull = weight * ((right ? 1 : 0) - p);
  columns.forEach((column, i) => {
    gradient[column] = (gradient[column] ?? 0) + pull * (values[i] ?? 0);
    const row = hessian[column];
    if (row === undefined) return;
    columns.forEach((other, k) => {
      row[other] = (row[other] ?? 0) + curve * (values[i] ?? 0) * (values[k] ?? 0);
    });
  });
}

/** Solves a symmetric positive system (Gauss, in place). */
function solved(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    const pivot = matrix[i];
    if (pivot === undefined) continue;
    for (let k = i + 1; k < size; k++) {
      const row = matrix[k];
      const factor = (row?.[i] ?? 0) / (pivot[i] ?? 1);
      if (row === undefined || factor === 0) continue;
      for (let j = i; j < size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
      right[k] = (right[k] ?? 0) - factor * (right[i] ?? 0);
    }
  }
  const result = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i] ?? 0;
    for (let j = i + 1; j < size; j++) sum -= (matrix[i]?.[j] ?? 0) * (result[j] ?? 0);
    result[i] = sum / (matrix[i]?.[i] ?? 1);
  }
  return result;
}
