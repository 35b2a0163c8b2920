import type { Content } from '../../state/difference';
import type { Kind } from '../../parts/document-choice';

/** The usual content of a new document of a kind. */
export function templates(kind: Kind, integration = ''): Content {
  switch (kind) {
    case 'campaigns':
      return campaignOf('', integration, 'https://shop.example/landing?sub={clickid}');
    case 'integrations':
      return { name: '', preset: 'generic' };
    case 'sources':
      return { name: '', cost: { currency: 'USD' }, postbacks: [] };
  }
}

/** An active campaign with one offer. */
export function campaignOf(name: string, integration: string, url: string): Content {
  return { name, integration, status: 'active', offers: [{ id: 'main', url, weight: 100 }] };
}
