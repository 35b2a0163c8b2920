import * as fc from 'fast-check';
import { planOf, type PresentDocument, type PlanStep, type WantedDocument } from '../../../operator/documents/plan';
import { documents, type NamedContent } from '../../cli/configuration/documents';
import { atLength } from '../../support/at-length';

const wantedOf = (content: readonly NamedContent[]): readonly WantedDocument[] =>
  content.map((document) => ({ ...document, placeOf: (path) => `${document.id}.yaml:1:1 ${path}`.trim() }));
const presentOf = (content: readonly NamedContent[]): readonly PresentDocument[] =>
  content.map((document, index) => ({ ...document, version: index + 1 }));

/** The tracker's own rules of what may be changed when, in memory. */
function applied(present: readonly PresentDocument[], steps: readonly PlanStep[]): readonly PresentDocument[] {
  const now = new Map(present.map((document) => [`${document.kind} ${document.id}`, document]));
  for (const step of steps) {
    const name = `${step.kind} ${step.id}`;
    if (step.basedOn !== (now.get(name)?.version ?? 0)) throw new Error(`${name} is based on another version`);
    if (step.action === 'delete') {
      const users = [...now.values()].filter(
        ({ kind, content }) => kind === 'campaign' && content['integration'] === step.id,
      );
      if (step.kind === 'integration' && users.length > 0) throw new Error(`${name} is in use`);
      now.delete(name);
    } else {
      const { kind, id, content } = step;
      if (kind === 'campaign' && !now.has(`integration ${String(content['integration'])}`))
        throw new Error(`${name} names nothing`);
      now.set(name, { kind, id, content, version: step.basedOn + 1 });
    }
  }
  return [...now.values()];
}

const fewIds = fc.constantFrom('acme', 'beta', 'gamma', 'delta');
const isWhole = (all: readonly NamedContent[]): boolean =>
  all.every(
    ({ kind, content }) =>
      kind !== 'campaign' || all.some((one) => one.kind === 'integration' && one.id === content['integration']),
  );

describe('a plan', () => {
  test('can be carried out step by step, and leaves nothing to do', () => {
    fc.assert(
      fc.property(documents(fewIds), documents(fewIds).filter(isWhole), fc.boolean(), (wanted, present, prune) => {
        const plan = planOf(wantedOf(wanted), presentOf(present), prune);
        fc.pre(plan.problems.length === 0);

        const after = applied(presentOf(present), plan.steps);

        expect(planOf(wantedOf(wanted), after, prune)).toMatchObject({ steps: [], problems: [] });
        expect(after).toHaveLength(wanted.length + plan.unmanaged.length);
      }),
      { numRuns: atLength(1000, 200) },
    );
  });

  test('finds a problem exactly where a campaign would name an integration that is not there in the end', () => {
    fc.assert(
      fc.property(documents(fewIds), documents(fewIds).filter(isWhole), (wanted, present) => {
        const extra = present.filter(({ kind, id }) => !wanted.some((one) => one.kind === kind && one.id === id));
        expect(planOf(wantedOf(wanted), presentOf(present), true).problems.length === 0).toBe(isWhole(wanted));
        expect(planOf(wantedOf(wanted), presentOf(present), false).problems.length === 0).toBe(
          isWhole([...wanted, ...extra]),
        );
      }),
      { numRuns: atLength(1000, 200) },
    );
  });

  test('names the field and the place of such a campaign', () => {
    const content = { name: 'Spring', integration: 'gone' };

    expect(planOf(wantedOf([{ kind: 'campaign', id: 'spring', content }]), [], false).problems).toEqual([
      'spring.yaml:1:1 integration integration there will be no integration gone',
    ]);
  });

  test('lists the fields that differ, one by one', () => {
    const before = { name: 'Acme', auth: { token: 'required', hmac: 'off' }, ipAllowlist: ['10.0.0.0/8'] };
    const after = {
      name: 'Acme',
      auth: { token: 'required', hmac: 'report' },
      ipAllowlist: [],
      reply: { literal: 'OK' },
    };
    const { steps } = planOf(
      wantedOf([{ kind: 'integration', id: 'acme', content: after }]),
      presentOf([{ kind: 'integration', id: 'acme', content: before }]),
      false,
    );

    expect(steps).toEqual([
      expect.objectContaining({
        action: 'update',
        basedOn: 1,
        differences: [
          { path: 'auth.hmac', from: 'off', to: 'report' },
          { path: 'ipAllowlist.0', from: '10.0.0.0/8' },
          { path: 'reply', to: { literal: 'OK' } },
        ],
      }),
    ]);
  });
});
