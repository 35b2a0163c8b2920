import type { Answer } from './answer';
import type { DescribedRoute } from './description';
import type { RoutedRequest } from './request';
import type { Services } from './services';

/** A route: how it is described, and what it does. */
export interface Route extends DescribedRoute {
  run(request: RoutedRequest, services: Services): Promise<Answer>;
}
