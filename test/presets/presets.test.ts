import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrationIndex, integrationPage } from '../../docs/integrations/page';
import { guideOf } from '../../lambdas/domain/presets/guides';
import { postbackFields, presets } from '../../lambdas/domain/presets';

const folder = join(__dirname, '../../docs/integrations');

describe.each(presets.map((preset) => [preset.id, preset] as const))('the preset %s', (id, preset) => {
  it('gives each parameter name one meaning', () => {
    const names = postbackFields.flatMap((field) => (preset.parameters[field] ?? []).map((name) => name.toLowerCase()));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has a source for what it says, with an address and the day when it was read', () => {
    if (id === 'generic') return;
    const { sources } = guideOf(id);
    expect(sources.length).toBeGreaterThan(0);
    for (const { url, readOn, says } of sources) {
      expect(url).toMatch(/^https?:\/\/\S+$/);
      expect(readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(says).not.toBe('');
    }
  });

  it('understands the names that our own postback URL is printed with', () => {
    for (const field of postbackFields) expect(preset.parameters[field] ?? ['generic']).not.toEqual([]);
  });

  it('has a page that says what its data says', () => {
    expect(readFileSync(join(folder, `${id}.md`), 'utf8')).toBe(integrationPage(preset));
  });
});

it('lists every preset on the page of integrations', () => {
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(integrationIndex(presets));
});
