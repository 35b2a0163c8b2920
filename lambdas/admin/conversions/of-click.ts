import type { ConversionReader } from '../../adapters/conversion-reader';
import type { Deadline } from '../../adapters/deadline';
import type { Conversion } from '../../domain/conversion/conversion';
import { maximumLimit } from '../http/query-parameters';

/** Every conversion of a click. */
export async function conversionsOfClick(
  reader: ConversionReader,
  clickId: string,
  deadline: Deadline,
): Promise<readonly Conversion[]> {
  const all: Conversion[] = [];
  let after: string | undefined;
  do {
    const page = { limit: maximumLimit, ...(after !== undefined && { after }) };
    const { conversions, more } = await reader.ofClick(clickId, page, deadline);
    all.push(...conversions);
    after = more ? conversions.at(-1)?.conversionKey : undefined;
  } while (after !== undefined);
  return all;
}
