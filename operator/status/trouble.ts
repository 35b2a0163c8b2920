/** One problem, and the next command to type. */
export interface Trouble {
  /** `now`: clicks or money are being lost or delayed. `soon`: it can wait for the morning. */
  readonly urgency: 'now' | 'soon';
  readonly sentence: string;
  /** Set if the trouble has ended and is shown for its times. */
  readonly isOver?: true;
  /** A command that shows more, or fixes it. */
  readonly next?: string;
  /** The section of the runbook. */
  readonly runbook?: string;
}

type Means = Pick<Trouble, 'next' | 'runbook'>;

export const now = (sentence: string, means: Means): Trouble => ({ urgency: 'now', sentence, ...means });
export const soon = (sentence: string, means: Means): Trouble => ({ urgency: 'soon', sentence, ...means });
export const over = (sentence: string, means: Means): Trouble => ({ ...soon(sentence, means), isOver: true });

/** Puts troubles that are over last: they are shown for their times. */
export function overLast<Of extends { readonly isOver?: boolean | undefined }>(troubles: readonly Of[]): readonly Of[] {
  return troubles.toSorted((left, right) => Number(left.isOver === true) - Number(right.isOver === true));
}
