import { admin, askText } from '../../api/client';
import type { SourceTemplate } from '../../api/answers';
import { TextField } from '../../parts/field';

type Asked = SourceTemplate['secrets'];

/** Sets what was typed. No answer of the tracker shows it again. */
export async function putSecrets(source: string, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    if (value !== '') await askText('PUT', admin('sources', source, 'secrets', name), { body: { value } });
  }
}

/** Fields for secrets. Their input stays in the page: neither its address nor this browser keeps it. */
export const SecretFields = ({
  of: secrets,
  values,
  required,
  onChange,
}: {
  readonly of: Asked;
  readonly values: Readonly<Record<string, string>>;
  readonly required: boolean;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}) => (
  <>
    {secrets.map(({ name, where }) => (
      <TextField
        key={name}
        label={`Secret ${name}`}
        hint={where}
        type="password"
        autocomplete="new-password"
        value={values[name] ?? ''}
        required={required}
        size={48}
        onInput={(value) => onChange({ ...values, [name]: value.trim() })}
      />
    ))}
  </>
);
