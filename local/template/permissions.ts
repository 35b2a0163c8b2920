import { matches } from '../iam/evaluate';
import { stringOrUndefined, textOf } from '../json';
import type { FunctionModel } from './model';
import { functionOfArn } from './read-functions';
import type { ServedResources } from './resources';

/** A call of a function by an AWS service on behalf of one of its resources. */
export interface ServiceCall {
  /** `apigateway.amazonaws.com` */
  readonly principal: string;
  readonly sourceArn: string;
  /** ARN or URI of the function, or of one of its aliases. */
  readonly target: string;
}

/** Whether some `AWS::Lambda::Permission` allows the call. */
export function isPermitted(
  { principal, sourceArn, target }: ServiceCall,
  resources: ServedResources,
  functions: readonly FunctionModel[],
): boolean {
  const called = functionOfArn(target, functions);
  const qualifier = qualifierOf(target, called);
  return resources.ofType('AWS::Lambda::Permission').some(({ properties }) => {
    const functionName = properties['FunctionName'];
    const permitted = functionOfArn(functionName, functions);
    const sourcePattern = stringOrUndefined(properties['SourceArn']);
    return (
      properties['Action'] === 'lambda:InvokeFunction' &&
      properties['Principal'] === principal &&
      permitted !== undefined &&
      permitted === called &&
      // A permission for the function does not cover its aliases, nor the reverse.
      qualifierOf(functionName, permitted) === qualifier &&
      (sourcePattern === undefined || matches(sourcePattern, sourceArn))
    );
  });
}

function qualifierOf(arnOrUri: unknown, target: FunctionModel | undefined): string {
  const given = textOf(arnOrUri).replace(/\/invocations$/, '');
  const start = target === undefined ? -1 : given.indexOf(target.arn);
  return start < 0 || target === undefined ? '' : given.slice(start + target.arn.length);
}
