import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { AdminApi, Query } from '../../../operator/api/admin-api';
import { messageOf, usageFailure } from '../../../operator/failure';
import { exportPages } from '../../../operator/report/export-report';
import { startProgress } from '../../terminal/progress';

/** The details of a report that its file does not hold. */
export interface WrittenReport {
  readonly version: string;
  readonly countedThrough: string | undefined;
  readonly notes: string;
}

/** Writes every row of a report into a temporary file, which is renamed when complete. */
export async function writeExport(api: AdminApi, query: Query, file: string): Promise<WrittenReport> {
  const part = `${file}.part`;
  const out = opened(part, file);
  const progress = startProgress('pages written');
  let written: WrittenReport | undefined;
  try {
    for await (const { text, ...about } of exportPages(api, query)) {
      writeSync(out, text);
      written ??= about;
      progress.advance();
    }
    closeSync(out);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    progress.end();
  }
  if (written === undefined) throw new Error('an export has one page at least');
  return written;
}

function opened(part: string, file: string): number {
  try {
    return openSync(part, 'w');
  } catch (error) {
    throw usageFailure(`${file} cannot be written: ${messageOf(error)}.`);
  }
}
