/** A program or a collection of texts that a bench needs is not on this machine. */
export class ToolMissing extends Error {}
