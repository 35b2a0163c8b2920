import { Screen } from '../../parts/frame';
import { NewDocument } from '../../parts/new-document';
import { text } from '../../state/parameters';
import { hrefOf, usePlace } from '../../state/place';
import { UrlField } from './url-field';

/** A source, and one URL that reports conversions to it. Templates, more postbacks and costs are changed in its document. */
export function NewSource() {
  const { state, set } = usePlace({ url: text });
  const { url = '' } = state;
  return (
    <Screen
      title="New source"
      about="Who sends visitors, and how it learns of their conversions."
      actions={
        <a class="button" href={hrefOf('sources/new', { as: 'json' })}>
          Write JSON instead
        </a>
      }
    >
      <NewDocument
        kind="sources"
        one="source"
        title="Source"
        nameHint="As your team calls it, such as “Search ads”."
        idHint="Links name it as source=ID. It cannot be changed later."
        action="Create the source"
        content={(name) => ({
          name,
          ...(url !== '' && { postbacks: [{ id: 'main', when: 'first', url }] }),
        })}
        hrefAfter={(id) => hrefOf(`sources/${id}`)}
      >
        <UrlField
          label="Postback URL of the source (optional)"
          value={url}
          placeholder="https://network.example/postback?cid={external_id}&payout={payout}"
          onInput={(value) => set({ url: value }, 'replace')}
        >
          <span class="hint">
            The tracker calls it once for each conversion. <code>{'{external_id}'}</code> becomes the source’s own click
            ID, <code>{'{payout}'}</code> the amount, <code>{'{currency}'}</code> its currency.
          </span>
        </UrlField>
      </NewDocument>
    </Screen>
  );
}
