import { useLocation } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { admin, askText } from '../../api/client';
import { Act } from '../../parts/act';
import { Confirm } from '../../parts/confirm';
import { hrefOf } from '../../state/place';
import { queryClient } from '../../state/queries';
import type { Kind } from './index';

export function Deletion({
  kind,
  id,
  version,
}: {
  readonly kind: Kind;
  readonly id: string;
  readonly version: number | undefined;
}) {
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const remove = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await askText('DELETE', admin(kind, id), version === undefined ? {} : { ifMatch: version });
      await queryClient.invalidateQueries({ queryKey: admin(kind) });
      route(hrefOf(kind));
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
      setBusy(false);
    }
  };
  return (
    <>
      <Act disabled={version === undefined} onClick={() => setAsking(true)}>
        Delete
      </Act>
      {asking && (
        <Confirm
          title={`Delete ${id}?`}
          action={`Delete ${id}`}
          busy={busy}
          problem={problem}
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        >
          <p>Clicks and postbacks see the deletion within seconds. Its history stays, and the ID can be used again.</p>
        </Confirm>
      )}
    </>
  );
}
