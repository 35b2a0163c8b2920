import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { storedDocument, type StoredDocument } from '../../api/answers';
import { admin, ask } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Act } from '../../parts/act';
import { Differences } from '../../parts/differences';
import type { Kind } from '../../parts/document-choice';
import { TextField } from '../../parts/field';
import { Failed } from '../../parts/panel';
import { contentOf } from '../../parts/versions';
import { errorOf } from '../../state/attempt';
import { differencesOf, mergeOf, type Content, type Merge } from '../../state/difference';
import { hrefOf } from '../../state/place';
import { queryClient } from '../../state/queries';
import { useDraft } from './draft';
import { Clashes } from './clashes';

interface Base {
  readonly content: Content;
  readonly version: number;
}

const written = (content: Content): string => JSON.stringify(content, null, 2);

/** A document as text: written, compared, saved. The person who saves second chooses field by field; no change of either is lost. */
export function Editor({
  kind,
  id: known,
  base: stored,
  version,
  onSaved,
}: {
  readonly kind: Kind;
  /** `undefined` for a new document. */
  readonly id: string | undefined;
  readonly base: Content;
  readonly version: number;
  readonly onSaved?: () => void;
}) {
  const { route } = useLocation();
  const [newId, setNewId] = useState('');
  const id = known ?? newId.trim();
  const draft = useDraft(`${kind}/${known ?? 'new'}`, written(stored));
  // The version that the draft is based on: a newer one in the meantime is a conflict, and no silent loss.
  const [base, setBase] = useState<Base>({ content: stored, version });
  const [review, setReview] = useState<Content>();
  const [conflict, setConflict] = useState<{ readonly theirs: StoredDocument; readonly merge: Merge }>();
  const [state, setState] = useState<{ readonly busy?: true; readonly problem?: Error; readonly outcome?: string }>({});
  const present = draft.isOpen ? base : { content: stored, version };

  const compare = (): void => {
    const mine = readObject(draft.text);
    if (typeof mine === 'string') return setState({ problem: new Error(mine) });
    setState({});
    setReview(mine);
  };

  const save = async (content: Content, on: Base): Promise<void> => {
    setState({ busy: true });
    try {
      const body = { ...content, version: on.version };
      const saved = await ask('PUT', admin(kind, id), storedDocument, { body });
      draft.drop();
      setReview(undefined);
      setConflict(undefined);
      setBase({ content: contentOf(saved), version: saved.version });
      setState({
        outcome:
          saved.changed === false
            ? 'Nothing to change: it was saved so already.'
            : `Saved as version ${saved.version}.`,
      });
      await queryClient.invalidateQueries({ queryKey: admin(kind) });
      if (known === undefined) return route(hrefOf(`${kind}/${id}`));
      onSaved?.();
    } catch (error) {
      if (isProblem(error) && error.kind === 'conflict' && error.more.code === 'VERSION_CONFLICT')
        return compareWithTheirs(content, on);
      setState({ problem: errorOf(error) });
    }
  };

  const compareWithTheirs = async (mine: Content, on: Base): Promise<void> => {
    try {
      const theirs = await ask('GET', admin(kind, id), storedDocument);
      setConflict({ theirs, merge: mergeOf(on.content, contentOf(theirs), mine) });
      setState({});
    } catch (error) {
      setState({ problem: errorOf(error) });
    }
  };

  if (conflict !== undefined) {
    const { theirs, merge } = conflict;
    return (
      <Clashes
        theirs={theirs}
        merge={merge}
        busy={state.busy === true}
        problem={state.problem}
        onSave={(content) => void save(content, { content: contentOf(theirs), version: theirs.version })}
        onBack={() => setConflict(undefined)}
      />
    );
  }
  return (
    <div class="stack part">
      {known === undefined && (
        <TextField label="ID" hint="URLs contain it. It cannot be changed later." value={newId} onInput={setNewId} />
      )}
      <label class="field">
        <span>{known === undefined ? 'Document' : 'As stored'}, JSON</span>
        <textarea
          rows={Math.min(24, draft.text.split('\n').length + 1)}
          value={draft.text}
          spellcheck={false}
          onInput={({ currentTarget }) => {
            if (!draft.isOpen) setBase({ content: stored, version });
            draft.write(currentTarget.value);
            setReview(undefined);
          }}
        />
      </label>
      {review !== undefined && (
        <section aria-label="Differences" class="review">
          <h3>What changes</h3>
          <Differences of={differencesOf(known === undefined ? {} : present.content, review)} />
        </section>
      )}
      {state.problem !== undefined && <Failed error={state.problem} />}
      {state.outcome !== undefined && (
        <p role="status" class="good">
          {state.outcome}
        </p>
      )}
      <p class="actions">
        {review === undefined ? (
          <button
            type="button"
            class="primary"
            disabled={id === '' || (known !== undefined && !draft.isOpen)}
            onClick={compare}
          >
            Review changes
          </button>
        ) : (
          <Act kind="primary" busy={state.busy === true} onClick={() => void save(review, present)}>
            Save
          </Act>
        )}
        {draft.isOpen && (
          <button
            type="button"
            onClick={() => {
              draft.drop();
              setReview(undefined);
              setState({});
            }}
          >
            Discard the draft
          </button>
        )}
        {draft.isOpen && <span class="quiet">This draft is kept in this tab.</span>}
      </p>
    </div>
  );
}

/** The object of a text, or what is wrong with it. */
function readObject(text: string): Content | string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    return 'The document must be a JSON object.';
  } catch (error) {
    return `The document is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
