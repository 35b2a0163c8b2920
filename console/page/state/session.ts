import { session } from '../api/answers';
import { useAsk } from './queries';

export const useSession = () => useAsk(['session'], session);

/** The reason why changes are not possible here; `undefined` where they are. */
export function useReadOnly(): string | undefined {
  const { data } = useSession();
  if (data === undefined) return 'Not known yet whether changes are allowed.';
  return data.mayWrite ? undefined : `${data.stage} is read-only here. Start the console with --write to change it.`;
}
