import type { LogRow } from '../answers';
import { csvLine } from '../csv';

/** Columns with values of the tracker; senders fill the others. */
const own = ['requestId', 'receivedAt', 'result', 'reason', 'httpStatus', 'attempts'] as const;
const foreign = ['integration', 'campaign', 'clickId', 'method', 'path', 'message'] as const;
const ofConversion = ['event', 'transactionId', 'status', 'amount', 'currency'] as const;

/** Writes rows of the log as CSV, secrets masked as in the log. A spreadsheet must not run a sender's text. */
export function logText(rows: readonly LogRow[]): string {
  const header = csvLine([...own, ...foreign, ...ofConversion, 'warnings', 'raw']);
  return [header, ...rows.map(lineOf)].join('');
}

function lineOf(row: LogRow): string {
  const { conversion, warnings, raw } = row;
  return csvLine([
    ...own.map((name) => String(row[name])),
    ...foreign.map((name) => ({ foreign: row[name] ?? '' })),
    // An amount was parsed by the tracker: its leading minus is a minus.
    ...ofConversion.map((name) =>
      name === 'amount' ? (conversion?.amount ?? '') : { foreign: conversion?.[name] ?? '' },
    ),
    warnings.map(({ code }) => code).join(' '),
    { foreign: raw },
  ]);
}
