// Access tokens: fixed ones, and those that expire and are refreshed. While none was ever named, every request is let in.
import { randomBytes } from 'node:crypto';

const refreshDays = 90;

export class Tokens {
    constructor(shop) {
        this.shop = shop;
    }

    accept(tokens) {
        tokens.forEach(token => this.shop.store.set('tokens', token, { expiresAt: null, revoked: false }));
    }

    /** Without a token: all that were ever given out. */
    revoke(token) {
        const revoked = token === undefined ? this.shop.store.ids('tokens') : [token];
        revoked.forEach(one => this.shop.store.set('tokens', one, { expiresAt: null, revoked: true }));
    }

    /** An app whose tokens expire: { clientId, clientSecret, refreshToken, expiresIn = 3600 }. */
    install({ clientId, clientSecret, refreshToken, expiresIn = 3600 }) {
        this.shop.store.set('apps', clientId, { clientSecret, expiresIn });
        this.shop.store.set('refreshes', refreshToken, { clientId, parent: null, replaced: false, used: 0 });
    }

    allows(token) {
        if (this.shop.store.count('tokens') === 0 && this.shop.store.count('apps') === 0) {
            return true;
        }
        const known = this.shop.store.get('tokens', token);
        return known !== undefined && !known.revoked && (known.expiresAt === null || Date.parse(known.expiresAt) > this.shop.now().getTime());
    }

    /** Answers [status, body]. A refresh token stays good until the one that replaced it is used. */
    refresh({ client_id: clientId, client_secret: clientSecret, grant_type: grant, refresh_token: refreshToken }) {
        const { store } = this.shop;
        const app = store.get('apps', clientId);
        if (app === undefined || app.clientSecret !== clientSecret) {
            return [400, { error: 'invalid_client', error_description: 'Client authentication failed' }];
        }
        if (grant !== 'refresh_token') {
            return [400, { error: 'unsupported_grant_type', error_description: `Unsupported grant type ${grant}` }];
        }
        const used = store.get('refreshes', refreshToken);
        if (used === undefined || used.replaced || used.clientId !== clientId) {
            return [400, { error: 'invalid_grant', error_description: 'The refresh token is invalid, expired or was replaced' }];
        }
        if (used.parent !== null) {
            store.set('refreshes', used.parent, { ...store.get('refreshes', used.parent), replaced: true });
        }
        store.set('refreshes', refreshToken, { ...used, used: used.used + 1 });
        return [200, this.#issue(clientId, refreshToken, app.expiresIn)];
    }

    #issue(clientId, parent, expiresIn) {
        const [accessToken, refreshToken] = [`shpat_${secret()}`, `shprt_${secret()}`];
        const expiresAt = new Date(this.shop.now().getTime() + expiresIn * 1000).toISOString();
        this.shop.store.set('tokens', accessToken, { expiresAt, revoked: false });
        this.shop.store.set('refreshes', refreshToken, { clientId, parent, replaced: false, used: 0 });
        return {
            access_token: accessToken,
            expires_in: expiresIn,
            refresh_token: refreshToken,
            refresh_token_expires_in: refreshDays * 86_400,
            scope: this.shop.settings.scopes.join(','),
        };
    }
}

function secret() {
    return randomBytes(16).toString('hex');
}
