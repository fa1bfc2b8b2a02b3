/** Lets work run at the same time as long as its costs together stay within a limit. */
export interface Budget {
  /** Runs `work` when there is room for `cost`; what costs more than the whole limit runs alone. In the order of the calls. */
  spend<T>(cost: number, work: () => Promise<T>): Promise<T>;
}

export function createBudget(limit: number): Budget {
  const waiting: { readonly cost: number; readonly go: () => void }[] = [];
  let spent = 0;
  const admit = (): void => {
    for (let next = waiting[0]; next && (spent === 0 || spent + next.cost <= limit); next = waiting[0]) {
      waiting.shift();
      spent += next.cost;
      next.go();
    }
  };
  return {
    async spend(cost, work) {
      await new Promise<void>((go) => {
        waiting.push({ cost, go });
        admit();
      });
      try {
        return await work();
      } finally {
        spent -= cost;
        admit();
      }
    },
  };
}
