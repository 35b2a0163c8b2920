import type { Integration } from '../domain/configuration/integration';
import { findClickId } from '../domain/request/click-id-reading';
import { holdsClickIdShape } from '../domain/click/click-id-runs';
import { fieldNamesOf } from '../domain/request/field-names';
import { readParameters } from '../domain/request/parameters';
import type { Rejection } from '../domain/values/rejection';
import type { PostbackRequest } from '../domain/text/postback-request';
import { clickIdKeys, type Master } from '../domain/trust/keys';

/** Bytes of rows that are looked at before the answer, and click IDs in them whose MAC is checked: two of each row of a full batch. */
const checkedBytes = 1024 * 1024;
const checkedIds = 2000;

/**
 * Reports a plain problem of a row: its sender gets it immediately, and the log has it as well. Beyond a bounded amount of work only the
 * log reports it.
 */
export function rowShapes(integration: Integration, master: Master): (row: PostbackRequest) => Rejection | undefined {
  const names = fieldNamesOf(integration);
  const keys = clickIdKeys(master);
  let [bytes, ids] = [0, 0];
  return (row) => {
    bytes += row.body.length;
    if (bytes > checkedBytes) return undefined;
    const parsed = readParameters(row);
    if (!parsed.ok) return { reason: parsed.reason, message: parsed.message };
    ids += parsed.parameters.filter(({ value }) => holdsClickIdShape(value)).length;
    if (ids > checkedIds) return undefined;
    const found = findClickId(parsed.parameters, names, keys);
    if (!found.ok) return found.rejection;
    return found.value.outcome.genuine ? undefined : found.value.outcome.rejection;
  };
}
