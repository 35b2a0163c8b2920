import type { Template } from './template';

/** The input of a rule, read from a cloud assembly. */
export interface RuleInput {
  readonly template: Template;
  /** The built-in stage that defines the safety rules of this one. */
  readonly like: 'dev' | 'prod';
  readonly terminationProtection: boolean;
  /** The deployed code of a function; `undefined` if the assembly has none. */
  readonly bundleOf: (functionId: string) => string | undefined;
}

/** A violation and its resource; without a logical ID it is about the whole stack. */
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
  /** The requirement, in one sentence; AWS's rules include their source. */
  readonly demands: string;
  readonly offences: (input: RuleInput) => readonly Offence[];
}

/** Name of the whole stack in a finding. */
export const wholeStack = '(stack)';

export function findings(rules: readonly Rule[], input: RuleInput): readonly Finding[] {
  return rules.flatMap(({ name, offences }) => offences(input).map((offence) => ({ rule: name, ...offence })));
}
