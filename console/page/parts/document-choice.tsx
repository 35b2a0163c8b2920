import { pageOf, storedDocument } from '../api/answers';
import { admin } from '../api/client';
import { useAsk, type Asked } from '../state/queries';
import type { StoredDocument } from '../api/answers';
import { Choice } from './choice';

export type Kind = 'campaigns' | 'integrations' | 'sources';

/** All documents of a kind: every caller shares one request. */
export const useDocuments = (kind: Kind): Asked<{ readonly items: readonly StoredDocument[] }> =>
  useAsk(admin(kind), pageOf(storedDocument), { query: { limit: 200 } });

/** One document of a kind to choose, by its ID. */
export function DocumentChoice({
  kind,
  label,
  value,
  none,
  onChange,
}: {
  readonly kind: Kind;
  readonly label: string;
  readonly value: string | undefined;
  /** The word for no choice; where there is none, one must be made. */
  readonly none?: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}) {
  const { data, isPending } = useDocuments(kind);
  return (
    <Choice
      label={label}
      value={value}
      options={data?.items.map(({ id }) => id) ?? []}
      none={none}
      busy={isPending}
      onChange={onChange}
    />
  );
}
