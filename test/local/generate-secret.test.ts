import { generateSecretString } from '../../local/secrets/generate';

test('puts the password under its key beside what the template has', () => {
  const secret: unknown = JSON.parse(
    generateSecretString({
      SecretStringTemplate: '{"previous":null}',
      GenerateStringKey: 'current',
      PasswordLength: 48,
    }),
  );

  expect(secret).toEqual({ previous: null, current: expect.stringMatching(/^.{48}$/) });
});

test('omits the excluded kinds and characters', () => {
  const rules = { ExcludePunctuation: true, ExcludeUppercase: true, ExcludeCharacters: 'abc0', PasswordLength: 400 };

  expect(generateSecretString(rules)).toMatch(/^[d-z1-9]{400}$/);
});

test('has one of each kind, however short', () => {
  expect(generateSecretString({ PasswordLength: 4 })).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^a-zA-Z\d]).{4}$/);
});
