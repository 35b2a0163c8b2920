import { obtainDynoxide } from '../../local/dynamodb/binary';

/** Before the first test: what a platform has to fetch is there for all of them, also for those that may not leave this machine. */
export default async function obtain(): Promise<void> {
  await obtainDynoxide((line) => process.stderr.write(`${line}\n`));
}
