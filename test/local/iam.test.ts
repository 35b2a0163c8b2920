import { evaluate, matches } from '../../local/iam/evaluate';
import { readStatements } from '../../local/iam/policy';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Clicks';
const policy = (...Statement: unknown[]) => readStatements({ Version: '2012-10-17', Statement }, 'Role');
const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

test('allows an action on a resource that a statement names', () => {
  expect(evaluate(policy(allow('dynamodb:PutItem', table)), 'dynamodb:PutItem', table)).toBe('allowed');
});

test.each([
  ['another action', 'dynamodb:GetItem', table],
  ['another table', 'dynamodb:PutItem', `${table}2`],
  ['an index of the table', 'dynamodb:PutItem', `${table}/index/byTime`],
])('does not allow %s', (_what, action, resource) => {
  expect(evaluate(policy(allow('dynamodb:PutItem', table)), action, resource)).toBe('not-allowed');
});

test('lets a deny win over an allow', () => {
  const statements = policy(allow('*', '*'), { Effect: 'Deny', Action: 'sqs:*', Resource: '*' });

  expect(evaluate(statements, 'sqs:SendMessage', 'arn:q')).toBe('denied');
  expect(evaluate(statements, 'dynamodb:PutItem', table)).toBe('allowed');
});

test('counts requests as sent over TLS', () => {
  const insecureOnly = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };

  expect(evaluate(policy(allow('sqs:*', '*'), insecureOnly), 'sqs:SendMessage', 'arn:q')).toBe('allowed');
});

test('rejects a condition that it cannot decide', () => {
  const conditional = { ...allow('*', '*'), Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } };

  expect(() => policy(conditional)).toThrow('StringEquals aws:PrincipalTag/team');
});

test('excepts what NotAction and NotResource name', () => {
  const statements = policy({ Effect: 'Allow', NotAction: 'dynamodb:Delete*', NotResource: `${table}/*` });

  expect(evaluate(statements, 'dynamodb:PutItem', table)).toBe('allowed');
  expect(evaluate(statements, 'dynamodb:DeleteItem', table)).toBe('not-allowed');
  expect(evaluate(statements, 'dynamodb:PutItem', `${table}/index/a`)).toBe('not-allowed');
});

test.each([
  ['dynamodb:*Item', 'dynamodb:PutItem', true],
  ['dynamodb:putitem', 'dynamodb:PutItem', true],
  ['sqs:?end*', 'sqs:SendMessage', true],
  ['a.c', 'abc', false],
  ['a{b}', 'a{b}', true],
])('matches the pattern %s with %s: %s', (pattern, value, expected) => {
  expect(matches(pattern, value, true)).toBe(expected);
});
