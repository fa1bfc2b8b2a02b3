/** What the desk's process tells the bench. */
export interface OfficeReady {
  readonly port: number;
  /** At its first start. */
  readonly person?: { readonly account: string; readonly username: string; readonly password: string };
}
