/** A piece of a site's furniture: a text node or the value of an attribute that several of its pages share. */
export interface SiblingNode {
  readonly text: string;
  /** The pieces that stand before and after it in all those pages; empty where they differ. */
  readonly before: string;
  readonly after: string;
  readonly pages: number;
  /** The name of one page that has it. */
  readonly from: string;
}

/** What the pages of one site have in common. Plain data: learned once, kept as JSON, used for every page. */
export interface SiblingFurniture {
  readonly nodes: readonly SiblingNode[];
}
