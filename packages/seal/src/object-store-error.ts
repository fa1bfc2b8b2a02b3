/**
 * An object store that cannot be used, after all attempts. `code` and `parameters` are those of the error catalogue.
 * Neither holds a key, a signature, or text the server made up.
 */
export class ObjectStoreError extends Error {
  readonly code = 'object-store-unusable';
  readonly parameters: { readonly store: string; readonly problem: string };
  /** HTTP status of the last answer; undefined when there was none. */
  readonly status: number | undefined;
  /** What the server calls the fault: `NoSuchBucket`, `AccessDenied`. */
  readonly reason: string | undefined;

  constructor(fault: ObjectStoreFault, options?: ErrorOptions) {
    super(`object-store-unusable: ${fault.store}: ${fault.problem}`, options);
    this.name = 'ObjectStoreError';
    this.parameters = { store: fault.store, problem: fault.problem };
    this.status = fault.status;
    this.reason = fault.reason;
  }
}

export interface ObjectStoreFault {
  /** Endpoint and bucket. */
  readonly store: string;
  readonly problem: string;
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
}
