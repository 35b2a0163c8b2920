import { accountId, partition, region, urlSuffix } from '../account';
import { StartupFailure } from '../failure';
import { isObject, type JsonObject, objectOrEmpty, textOf } from '../json';

/** Resolves `Ref` and `Fn::GetAtt` of a resource; `undefined` for an attribute that the resource lacks. */
export interface ResourceReferences {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
}

const noValue = Symbol('AWS::NoValue');

const pseudoParameters: JsonObject = {
  'AWS::AccountId': accountId,
  'AWS::NoValue': noValue,
  'AWS::NotificationARNs': [],
  'AWS::Partition': partition,
  'AWS::Region': region,
  'AWS::URLSuffix': urlSuffix,
};

/** Resolves CloudFormation's intrinsic functions. Rejects an unknown one: a guess would differ from what AWS deploys. */
export class Intrinsics {
  constructor(
    private readonly template: JsonObject,
    private readonly stackName: string,
    private readonly references: ResourceReferences,
  ) {}

  /** Returns `value` with every intrinsic replaced, and without the members that are `AWS::NoValue`. */
  resolve(value: unknown): unknown {
    const resolved = this.evaluate(value);
    return resolved === noValue ? undefined : resolved;
  }

  /** Whether a resource with this `Condition` is created. */
  holds(conditionName: string): boolean {
    const condition = objectOrEmpty(this.template['Conditions'])[conditionName];
    if (condition === undefined) throw new StartupFailure(`The template has no condition named ${conditionName}.`);
    return this.evaluate(condition) === true;
  }

  private evaluate(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown) => this.evaluate(item)).filter((item) => item !== noValue);
    }
    if (!isObject(value)) return value;
    const [only, ...others] = Object.keys(value);
    if (only !== undefined && others.length === 0) {
      if (only === 'Ref' || only.startsWith('Fn::')) return this.call(only, value[only]);
      // Inside Conditions, `{Condition: name}` refers to another condition.
      if (only === 'Condition' && typeof value[only] === 'string') return this.holds(value[only]);
    }
    const entries = Object.entries(value).map(([key, member]) => [key, this.evaluate(member)] as const);
    return Object.fromEntries(entries.filter(([, member]) => member !== noValue));
  }

  private call(name: string, given: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.ref(given);
      case 'Fn::GetAtt':
        return this.attribute(given);
      case 'Fn::Sub':
        return this.substitute(given);
      case 'Fn::If': {
        const [condition, then, otherwise] = listArgument(name, given);
        return this.evaluate(this.holds(textOf(condition)) ? then : otherwise);
      }
      default:
        return callOnValues(name, this.evaluate(given));
    }
  }

  private ref(given: unknown): unknown {
    const name = textOf(given);
    if (name in pseudoParameters) return pseudoParameters[name];
    if (name === 'AWS::StackName') return this.stackName;
    if (name === 'AWS::StackId') return `arn:aws:cloudformation:${region}:${accountId}:stack/${this.stackName}/local`;
    const parameter = objectOrEmpty(this.template['Parameters'])[name];
    if (parameter !== undefined) {
      const fallback = objectOrEmpty(parameter)['Default'];
      if (fallback === undefined) throw new StartupFailure(`The template parameter ${name} has no default value.`);
      return fallback;
    }
    const value = this.references.ref(name);
    if (value === undefined) throw new StartupFailure(`The template refers to ${name}, which it does not have.`);
    return value;
  }

  private attribute(given: unknown): unknown {
    const [logicalId, attribute] =
      typeof given === 'string' ? splitAtFirstDot(given) : listArgument('Fn::GetAtt', given);
    const value = this.references.attribute(textOf(logicalId), textOf(this.evaluate(attribute)));
    if (value === undefined) {
      throw new StartupFailure(`The template refers to ${textOf(logicalId)}.${textOf(attribute)}, which there is not.`);
    }
    return value;
  }

  private substitute(given: unknown): string {
    const [text, variables] = typeof given === 'string' ? [given, {}] : listArgument('Fn::Sub', given);
    const own = objectOrEmpty(variables);
    return textOf(text).replace(/\$\{(!?)([^}]+)\}/g, (_whole, escaped: string, name: string) => {
      if (escaped) return `\${${name}}`;
      if (name in own) return textOf(this.evaluate(own[name]));
      return textOf(name.includes('.') ? this.attribute(name) : this.ref(name));
    });
  }
}

function callOnValues(name: string, given: unknown): unknown {
  switch (name) {
    case 'Fn::Join': {
      const [delimiter, parts] = listArgument(name, given);
      return listArgument(name, parts).map(textOf).join(textOf(delimiter));
    }
    case 'Fn::Split': {
      const [delimiter, text] = listArgument(name, given);
      return textOf(text).split(textOf(delimiter));
    }
    case 'Fn::Select': {
      const [index, items] = listArgument(name, given);
      return listArgument(name, items)[Number(index)];
    }
    case 'Fn::Equals': {
      const [left, right] = listArgument(name, given);
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return listArgument(name, given).every((item) => item === true);
    case 'Fn::Or':
      return listArgument(name, given).some((item) => item === true);
    case 'Fn::Not':
      return listArgument(name, given)[0] !== true;
    case 'Fn::Base64':
      return Buffer.from(textOf(given)).toString('base64');
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => region + zone);
    default:
      throw new StartupFailure(`The template uses ${name}, which this runner does not know.`);
  }
}

function listArgument(name: string, given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) throw new StartupFailure(`The template gives ${name} something else than a list.`);
  return given;
}

function splitAtFirstDot(text: string): readonly [string, string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}
