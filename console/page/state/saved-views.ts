import * as v from 'valibot';

/** A question that somebody asks again and again: the parameters of a screen's address, under a name. */
export interface SavedView {
  readonly name: string;
  /** `since=24h&result=rejected`, so that a relative period stays relative. */
  readonly query: string;
}

const views = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.object({
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
      query: v.pipe(v.string(), v.maxLength(4000)),
    }),
  ),
);

const keyOf = (screen: string): string => `tracker-views ${screen}`;

/** The views of a screen, by name; none where this browser keeps nothing, or keeps what is no list of views. */
export function savedViews(screen: string): readonly SavedView[] {
  try {
    const reading = v.safeParse(views, localStorage.getItem(keyOf(screen)) ?? '[]');
    return reading.success ? reading.output : [];
  } catch {
    return [];
  }
}

/** Keeps a view; one of the same name is replaced. `false` where this browser keeps nothing. */
export function keepView(screen: string, view: SavedView): boolean {
  const others = savedViews(screen).filter(({ name }) => name !== view.name);
  return write(
    screen,
    [...others, view].sort((left, right) => left.name.localeCompare(right.name)),
  );
}

export function dropView(screen: string, name: string): boolean {
  return write(
    screen,
    savedViews(screen).filter((one) => one.name !== name),
  );
}

function write(screen: string, kept: readonly SavedView[]): boolean {
  try {
    localStorage.setItem(keyOf(screen), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
