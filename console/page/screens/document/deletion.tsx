import { useLocation } from 'preact-iso/router';
import { admin, askText } from '../../api/client';
import { ConfirmedAct } from '../../parts/confirm';
import type { Kind } from '../../parts/document-choice';
import { hrefOf } from '../../state/place';
import { queryClient } from '../../state/queries';

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
  const remove = async (): Promise<void> => {
    await askText('DELETE', admin(kind, id), version === undefined ? {} : { ifMatch: version });
    await queryClient.invalidateQueries({ queryKey: admin(kind) });
    route(hrefOf(kind));
  };
  return (
    <ConfirmedAct
      label="Delete"
      title={`Delete ${id}?`}
      action={`Delete ${id}`}
      disabled={version === undefined}
      run={remove}
    >
      <p>Clicks and postbacks see the deletion within seconds. Its history stays, and the ID can be used again.</p>
    </ConfirmedAct>
  );
}
