import { text } from '../state/parameters';
import { usePlace } from '../state/place';
import { slugOf } from '../state/slug';
import { FindField } from './find-field';
import { Panel, type PanelQuery } from './panel';

export interface System {
  readonly id: string;
  readonly name: string;
  /** The text below its name. By default its ID, unless the name is that word. */
  readonly note?: string | undefined;
}

const noteOf = ({ id, name, note }: System) =>
  note !== undefined ? <span class="quiet">{note}</span> : slugOf(name) === id ? undefined : <code>{id}</code>;

/** The systems that are known, to choose one of; the last resort is there whatever is searched for. */
export function SystemChoice<Data>({
  title,
  query,
  systemsOf,
  other,
  href,
}: {
  readonly title: string;
  readonly query: PanelQuery<Data>;
  readonly systemsOf: (data: Data) => readonly System[];
  readonly other: System;
  readonly href: (system: System) => string;
}) {
  const { state, set } = usePlace({ find: text });
  const { find = '' } = state;
  const isFound = ({ id, name }: System): boolean => `${id} ${name}`.toLowerCase().includes(find.trim().toLowerCase());
  return (
    <Panel
      title={title}
      query={query}
      actions={<FindField value={find} onInput={(value) => set({ find: value }, 'replace')} />}
    >
      {(data) => {
        const found = systemsOf(data).filter(isFound);
        return (
          <ul class="choices">
            {(find === '' ? [other, ...found] : [...found, other]).map((system) => (
              <li key={system.id}>
                <a href={href(system)}>
                  <strong>{system.name}</strong>
                  {noteOf(system)}
                </a>
              </li>
            ))}
          </ul>
        );
      }}
    </Panel>
  );
}
