import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { storedDocument } from '../api/answers';
import { admin, ask } from '../api/client';
import { isProblem } from '../api/problem';
import { useAttempt } from '../state/attempt';
import type { Content } from '../state/difference';
import { text } from '../state/parameters';
import { usePlace } from '../state/place';
import { queryClient } from '../state/queries';
import { slugOf } from '../state/slug';
import { Act } from './act';
import type { Kind } from './document-choice';
import { NameAndId } from './name-and-id';
import { Failed } from './panel';

const fields = { name: text, id: text };

/** A form for a new document. Its input is in the address, and stays over a reload. */
export function NewDocument({
  kind,
  one,
  title,
  link,
  nameHint,
  idHint,
  action,
  busy: isAsked = false,
  content,
  finish,
  hrefAfter,
  children,
}: {
  readonly kind: Kind;
  /** The noun of the kind: "campaign". */
  readonly one: string;
  readonly title: string;
  readonly link?: ComponentChildren;
  readonly nameHint: string;
  readonly idHint: string;
  /** The words of its button. */
  readonly action: string;
  readonly busy?: boolean;
  readonly content: (name: string) => Content;
  /** The step after its creation; if it fails, the form stays and repeats it alone. */
  readonly finish?: (id: string) => Promise<void>;
  readonly hrefAfter: (id: string) => string;
  /** The fields that the kind has besides. */
  readonly children: ComponentChildren;
}) {
  const { route } = useLocation();
  const { state, set } = usePlace(fields);
  const { name = '' } = state;
  const id = state.id ?? slugOf(name);
  const { busy, problem, attempt } = useAttempt();
  const [made, setMade] = useState<string>();
  const create = (): Promise<void> =>
    attempt(async () => {
      if (made !== id) {
        const body = { ...content(name.trim() || id), version: 0 };
        await ask('PUT', admin(kind, id), storedDocument, { body });
        setMade(id);
        await queryClient.invalidateQueries({ queryKey: admin(kind) });
      }
      await finish?.(id);
      route(hrefAfter(id));
    });
  const isTaken = isProblem(problem) && problem.kind === 'conflict';
  return (
    <section class="panel" aria-label={title} aria-busy={isAsked}>
      <header class="panel-head">
        <h2>{title}</h2>
        {link}
      </header>
      <form
        class="stack part"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <NameAndId
          name={name}
          id={id}
          nameHint={nameHint}
          idHint={idHint}
          taken={isTaken ? `The ID ${id} belongs to another ${one}. Choose another ID.` : undefined}
          onName={(value) => set({ name: value }, 'replace')}
          onId={(value) => set({ id: value }, 'replace')}
        />
        {children}
        {problem !== undefined && !isTaken && <Failed error={problem} />}
        <p class="actions">
          <Act kind="primary" type="submit" busy={busy}>
            {action}
          </Act>
        </p>
      </form>
    </section>
  );
}
