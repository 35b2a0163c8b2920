import type { AdminApi } from '../api/admin-api';
import { Failure, usageFailure } from '../failure';
import { deadLetter, type DeadLetter } from '../answers';
import { lookAtLetters } from './redrive';

/** Characters of its ID that identify a dead letter in a list. */
export const shownIdLength = 8;

const wholeId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Finds the message ID of a dead letter by its first characters, within one read of the queue. */
async function idBeginning(api: AdminApi, begun: string): Promise<string> {
  if (wholeId.test(begun)) return begun;
  if (begun.length < 4) throw usageFailure(`"${begun}" is too short: give four characters of the ID or more.`);
  const { items, more } = await lookAtLetters(api);
  const found = items.filter(({ messageId }) => messageId.startsWith(begun.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.messageId;
  if (found.length > 1) {
    throw new Failure('usage', `${found.length} dead letters begin with "${begun}".`, {
      details: found.map(({ messageId }) => messageId),
    });
  }
  throw new Failure('notFound', `No dead letter has an ID that begins with "${begun}".`, {
    hint: more ? 'Not all could be listed: give the whole ID.' : '"tracker dead-letters list" shows them.',
  });
}

export async function showLetter(api: AdminApi, id: string): Promise<DeadLetter> {
  return api.call('GET', ['dead-letters', await idBeginning(api, id)], deadLetter);
}

/** Deletes a letter permanently. Returns the deleted letter. */
export async function deleteLetter(api: AdminApi, { messageId }: DeadLetter): Promise<DeadLetter> {
  return api.call('DELETE', ['dead-letters', messageId], deadLetter);
}
