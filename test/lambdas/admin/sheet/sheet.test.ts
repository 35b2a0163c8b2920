import { sheetOf } from '../../../../lambdas/admin/sheet/sheet';
import { presets } from '../../../../lambdas/domain/presets';
import { factsOf } from '../support/sheet-facts';

test('a name that holds Markdown or markup stays a name', () => {
  const text = sheetOf(
    factsOf({ name: '<script>a|b</script> [x](javascript:1) `c`\n# d', statuses: { 'a|`b`': 'pending' } }),
  );
  expect(text.split('\n')[0]).toBe('# Postbacks of &lt;script>a\\|b&lt;/script> \\[x\\](javascript:1) \\`c\\` # d');
  expect(text).toContain('| `` a\\|`b` `` | `pending` |');
});

test.each(presets.map(({ id }) => id))('the sheet of the preset %s has every section', (preset) => {
  const text = sheetOf(factsOf({ preset }));
  expect(text.match(/^## .*$/gm)).toStrictEqual([
    '## Postback URL',
    '## Parameters',
    '## Statuses',
    '## Events',
    '## Amount and currency',
    '## Our answers',
    '## Repetitions',
    '## Authentication',
    '## Batches',
    '## Without a server',
    '## Testing',
    '## Changes',
  ]);
  expect(text).not.toMatch(/undefined|\[object|NaN/);
});
