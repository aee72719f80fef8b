// The commands of POST /_control; server.mjs says what each is for.
export function commandsOf({ shop, admin, webhooks, tokens, faults }) {
    const graphs = orders => orders.map(order => order.id);
    return {
        reset() {
            shop.reset();
            admin.forget();
            faults.clear();
            webhooks.log.length = 0;
        },
        settings: ({ command: _, ...settings }) => ({ settings: shop.set(settings) }),
        putOrder: ({ order, quiet }) => ({ order: shop.put(order, { quiet }) }),
        putOrders: ({ orders, quiet }) => ({ ids: graphs(orders.map(order => shop.put(order, { quiet }))) }),
        patch: ({ id, values, quiet, updatedAt }) => ({ order: shop.patch(id, values, { quiet, updatedAt }) }),
        append: ({ id, field, value, quiet, updatedAt }) => ({ order: shop.append(id, field, value, { quiet, updatedAt }) }),
        stamp: ({ id, updatedAt }) => ({ order: shop.patch(id, {}, { quiet: true, updatedAt: updatedAt ?? shop.stamp() }) }),
        deleteOrder: ({ id }) => shop.remove(id),
        getOrder: ({ id }) => ({ order: shop.order(id) ?? null }),
        get: ({ id }) => ({ object: shop.object(id) ?? null }),
        orders: () => ({ count: shop.store.count('orders'), ids: graphs(shop.store.values('orders').slice(0, 1000)) }),
        fill: ({ command: _, ...settings }) => {
            shop.fill(settings);
            return { count: shop.store.count('orders') };
        },
        clock({ now, advance }) {
            if (now !== undefined) {
                shop.set({ now, ahead: 0 });
            }
            if (advance !== undefined) {
                const { now: still, ahead } = shop.settings;
                shop.set(still === null ? { ahead: ahead + advance } : { now: new Date(Date.parse(still) + advance * 1000).toISOString() });
            }
            return { now: shop.now().toISOString() };
        },
        throttle({ available, maximumAvailable, restoreRate }) {
            const given = Object.entries({ maximumAvailable, restoreRate }).filter(([, value]) => value !== undefined);
            shop.set(Object.fromEntries(given));
            admin.bucket.available = available ?? shop.settings.maximumAvailable;
            return admin.bucket.status();
        },
        fail: ({ command: _, ...fault }) => faults.add(fault),
        requireTokens: ({ tokens: accepted }) => tokens.accept(accepted),
        revokeToken: ({ token }) => tokens.revoke(token),
        installApp: app => tokens.install(app),
        withhold: ({ fields }) => ({ withheld: shop.set({ withheld: fields }).withheld }),
        autoDeliver: ({ command: _, off, ...options }) => ({ autoDeliver: shop.set({ autoDeliver: off ? null : options }).autoDeliver }),
        deliver: async options => ({ deliveries: await webhooks.deliver(options) }),
        async deliveries() {
            await webhooks.settled();
            return { deliveries: webhooks.log };
        },
        subscriptions: () => ({ subscriptions: shop.store.values('subscriptions') }),
        writes: ({ from = 0 }) => ({ writes: shop.store.values('writes').slice(from) }),
        calls: ({ from = 0 }) => ({ calls: admin.calls.slice(from) }),
        stats: () => ({ stats: { ...admin.stats, orders: shop.store.count('orders'), writes: shop.store.count('writes') } }),
    };
}
