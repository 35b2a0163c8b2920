import { TextField } from '../../parts/field';
import { NewDocument } from '../../parts/new-document';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { useGuide } from './preset-choice';

/** The name of the integration. Everything else has a default, and can be changed later. */
export function Names({ preset }: { readonly preset: string }) {
  const { guide, isAsked } = useGuide(preset);
  const { state, set } = usePlace({ currency: text });
  const { currency = '' } = state;
  return (
    <NewDocument
      kind="integrations"
      one="integration"
      title={preset === 'generic' ? 'Another system' : (guide?.name ?? preset)}
      link={<a href={hrefOf('integrations/new')}>Choose another</a>}
      nameHint="As your team calls this sender, such as “Acme network”."
      idHint="The postback URL contains it. It cannot be changed later."
      action="Create and show the URL"
      busy={isAsked}
      content={(name) => ({ name, preset, ...(currency !== '' && { currency: currency.toUpperCase() }) })}
      hrefAfter={(id) => hrefOf(`integrations/new/${preset}/paste`, { id })}
    >
      <TextField
        label="Currency (optional)"
        hint="Of amounts that come without one, such as USD. Leave it empty only where the sender names one each time."
        value={currency}
        maxLength={3}
        size={6}
        placeholder="USD"
        onInput={(typed) => set({ currency: typed.toUpperCase() }, 'replace')}
      />
    </NewDocument>
  );
}
