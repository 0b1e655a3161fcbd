{{ check_doubt('annex_missing') }}
