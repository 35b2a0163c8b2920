import type { Content } from '../../state/difference';
import type { Kind } from './index';

/** What a new document of a kind usually looks like. */
export function templates(kind: Kind, integration = ''): Content {
  switch (kind) {
    case 'campaigns':
      return {
        name: '',
        integration,
        status: 'active',
        offers: [{ id: 'main', url: 'https://shop.example/landing?sub={clickid}', weight: 100 }],
      };
    case 'integrations':
      return { name: '', preset: 'generic' };
    case 'sources':
      return { name: '', cost: { currency: 'USD' }, postbacks: [] };
  }
}
