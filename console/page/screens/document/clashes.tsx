import { useState } from 'preact/hooks';
import type { StoredDocument } from '../../api/answers';
import { Act } from '../../parts/act';
import { visibleText } from '../../parts/format';
import { Failed } from '../../parts/panel';
import { Foreign, Moment } from '../../parts/text';
import type { Content, Merge } from '../../state/difference';

/** Two people changed one document: theirs, mine and what both began with, side by side, and one choice for each field. */
export function Clashes({
  theirs,
  merge: { merged, clashes },
  busy,
  problem,
  onSave,
  onBack,
}: {
  readonly theirs: StoredDocument;
  readonly merge: Merge;
  readonly busy: boolean;
  readonly problem: Error | undefined;
  readonly onSave: (content: Content) => void;
  readonly onBack: () => void;
}) {
  const [taken, setTaken] = useState<Readonly<Record<string, 'theirs' | 'mine'>>>({});
  const open = clashes.filter(({ field }) => taken[field] === undefined);
  const result = (): Content => {
    const content: Record<string, unknown> = { ...merged };
    for (const { field, mine } of clashes) {
      if (taken[field] !== 'mine') continue;
      if (mine === undefined) delete content[field];
      else content[field] = mine;
    }
    return content;
  };
  return (
    <section class="stack part" aria-label="Changed by somebody else">
      <p role="alert">
        <strong>It was changed meanwhile.</strong> <Foreign text={theirs.updatedBy} /> saved version {theirs.version},{' '}
        <Moment at={theirs.updatedAt} full />.{' '}
        {clashes.length === 0
          ? 'Your changes touch other fields: both can stay.'
          : 'Choose for each field that both of you changed.'}
      </p>
      {clashes.length > 0 && (
        <div class="scroll" role="region" aria-label="Fields that both changed" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Before</th>
                <th scope="col">Theirs</th>
                <th scope="col">Mine</th>
              </tr>
            </thead>
            <tbody>
              {clashes.map(({ field, ...values }) => (
                <tr key={field}>
                  <th scope="row">
                    <code>{field}</code>
                  </th>
                  <td>
                    <Value of={values.base} />
                  </td>
                  {(['theirs', 'mine'] as const).map((side) => (
                    <td key={side}>
                      <label class="check">
                        <input
                          type="radio"
                          name={field}
                          checked={taken[field] === side}
                          aria-label={`Take ${side} for ${field}`}
                          onChange={() => setTaken((before) => ({ ...before, [field]: side }))}
                        />
                        <Value of={values[side]} />
                      </label>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {problem !== undefined && <Failed error={problem} />}
      <p class="actions">
        <Act kind="primary" busy={busy} disabled={open.length > 0} onClick={() => onSave(result())}>
          Save both
        </Act>
        <button type="button" onClick={onBack}>
          Back to my draft
        </button>
      </p>
    </section>
  );
}

const Value = ({ of: value }: { readonly of: unknown }) =>
  value === undefined ? (
    <span class="quiet">absent</span>
  ) : (
    <code class="value">{visibleText(JSON.stringify(value, null, 1))}</code>
  );
