import type { LogRow } from '../answers';
import { csvLine } from '../csv';

/** Columns that the tracker fills; what stands in the others comes from a sender. */
const own = ['requestId', 'receivedAt', 'result', 'reason', 'httpStatus', 'attempts'] as const;
const foreign = ['integration', 'campaign', 'clickId', 'method', 'path', 'message'] as const;
const ofConversion = ['event', 'transactionId', 'status', 'amount', 'currency'] as const;

/** Rows of the log as the text of a CSV file, secrets masked as in the log. A spreadsheet runs nothing that a sender wrote. */
export function logText(rows: readonly LogRow[]): string {
  const header = csvLine([...own, ...foreign, ...ofConversion, 'warnings', 'raw']);
  return [header, ...rows.map(lineOf)].join('');
}

function lineOf(row: LogRow): string {
  const { conversion, warnings, raw } = row;
  return csvLine([
    ...own.map((name) => String(row[name])),
    ...foreign.map((name) => ({ foreign: row[name] ?? '' })),
    // An amount is the tracker's own reading: its leading minus is a minus.
    ...ofConversion.map((name) =>
      name === 'amount' ? (conversion?.amount ?? '') : { foreign: conversion?.[name] ?? '' },
    ),
    warnings.map(({ code }) => code).join(' '),
    { foreign: raw },
  ]);
}
