/** An invalid stage; the message is one sentence for the operator. */
export class StageConfigurationError extends Error {
  override readonly name = 'StageConfigurationError';
}

/** Builds the sentence from the stage, the field, its value and the allowed values. */
export function wrong(stage: string, field: string, came: unknown, allowed: string): StageConfigurationError {
  return new StageConfigurationError(
    `Stage "${stage}": ${field} is ${JSON.stringify(came) ?? 'not set'}; allowed is ${allowed}.`,
  );
}
