"""From what people type to a country and a time zone (GeoNames, Unicode CLDR, IANA)."""
