import type { MarketName } from './markets.mts';
import type { ProductType } from './productOrders.mts';

/** What a partner may offer its merchants, in the field names of the Management API. */
export interface PricePackage {
	pricePackageId: string;
	/** 30 characters at most. */
	name: string;
	/** 6 characters at most. */
	description: string;
	visibleInSignupForm: boolean;
	productType: ProductType;
	market: MarketName;
	commission: string | null;
}

/** The partner's price packages; the first one is the documentation's example. They never change. */
export const pricePackages: readonly PricePackage[] = [
	{
		pricePackageId: '8a11afb7-c223-48ed-8ca6-4722b97261aa',
		name: 'POS standard',
		description: '2.99%',
		visibleInSignupForm: true,
		productType: 'PAYMENT_INTEGRATION',
		market: 'NO',
		commission: '30 %',
	},
	{
		pricePackageId: '5d0c1be4-90f7-4b0e-9f42-1c1f2a6f0b02',
		name: 'Web shop plus',
		description: '2.50%',
		visibleInSignupForm: false,
		productType: 'PAYMENT_INTEGRATION',
		market: 'NO',
		commission: null,
	},
	{
		pricePackageId: '0b9f6a35-7a0d-4f7e-8f5b-6b6a2d4c1e03',
		name: 'Kasse standard',
		description: '1.75%',
		visibleInSignupForm: true,
		productType: 'CASHIER',
		market: 'NO',
		commission: '20 %',
	},
	{
		pricePackageId: '2f7f1d66-31c4-4d0a-a9c0-f0f1b0f9de04',
		name: 'Webshop standard',
		description: '1.49%',
		visibleInSignupForm: true,
		productType: 'PAYMENT_INTEGRATION',
		market: 'DK',
		commission: '25 %',
	},
	{
		pricePackageId: 'c6f3a1d8-54b2-4c7e-9a10-3e8d7b2f5a05',
		name: 'Verkkokauppa',
		description: '1.20%',
		visibleInSignupForm: true,
		productType: 'PAYMENT_INTEGRATION',
		market: 'FI',
		commission: '25 %',
	},
	{
		pricePackageId: '9e4d2c7a-8b1f-4a63-b5d9-7c0e6f3a1b06',
		name: 'Checkout',
		description: '3.49%',
		visibleInSignupForm: false,
		productType: 'CHECKOUT',
		market: 'NO',
		commission: '10 %',
	},
];
