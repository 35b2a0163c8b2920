/** `.ci/run` sets it: there the tests run at length, and people who run `npm test` wait for less. */
const isAtLength = process.env['AT_LENGTH'] !== undefined;

export function atLength<Value>(long: Value, short: Value): Value {
  return isAtLength ? long : short;
}
