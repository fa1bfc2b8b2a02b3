/** Calls back after so many milliseconds, without keeping the process alive for it; answers how to call that off. */
export function waitByTimer(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds).unref();
  return () => {
    clearTimeout(timer);
  };
}
