import type { Integration } from '../domain/configuration/integration';
import type { Believed } from '../domain/queue/message';

/** What it says of a sender that it passed the rules of an integration: it proved itself only where something was required. */
export function trustOf({ auth }: Integration): Believed['trust'] {
  return Object.values(auth).includes('required') ? 'proven' : 'let-pass';
}
