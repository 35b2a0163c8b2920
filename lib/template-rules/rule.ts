import type { Template } from './template';

/** What a rule looks at. Everything is read from a cloud assembly. */
export interface RuleInput {
  readonly template: Template;
  /** The built-in stage that this one takes its safety rules from. */
  readonly like: 'dev' | 'prod';
  readonly terminationProtection: boolean;
  /** The code that a function would be deployed with; `undefined` where the assembly has none for it. */
  readonly bundleOf: (functionId: string) => string | undefined;
}

/** Something wrong, and where; no logical ID where it is the stack as a whole. */
export interface Offence {
  readonly logicalId: string;
  readonly message: string;
}

export interface Finding extends Offence {
  readonly rule: string;
}

export interface Rule {
  /** Name in kebab case, as printed. */
  readonly name: string;
  /** What must hold, in one sentence; where it is AWS's rule, the source of it. */
  readonly demands: string;
  readonly offences: (input: RuleInput) => readonly Offence[];
}

/** Name of the whole stack in a finding. */
export const wholeStack = '(stack)';

export function findings(rules: readonly Rule[], input: RuleInput): readonly Finding[] {
  return rules.flatMap(({ name, offences }) => offences(input).map((offence) => ({ rule: name, ...offence })));
}
