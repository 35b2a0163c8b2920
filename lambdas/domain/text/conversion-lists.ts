/** Lists that hold a conversion in each element: Post Affiliate Pro's, CAKE's, and what senders call the same. Items of one order are none. */
export const conversionLists: readonly string[] = ['sales', 'conversions', 'transactions', 'orders', 'purchases'];
