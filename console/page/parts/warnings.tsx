import type { LogRow } from '../../../operator/answers';
import { Foreign } from './text';

/** Oddities of a request that was judged all the same, each with the next step. */
export function Warnings({ of: warnings }: { readonly of: LogRow['warnings'] }) {
  return (
    <>
      {warnings.map(({ code, message }) => (
        <p key={code} class="warning">
          <code>{code}</code> <Foreign text={message} long />
        </p>
      ))}
    </>
  );
}
