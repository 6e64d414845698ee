/** The orders only a tag's list has: what is unread first, and the reader's own. Other lists take them as `newest`. */
export const tagOrders = ['unread', 'manual'] as const;
