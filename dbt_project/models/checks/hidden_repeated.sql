{{ check_doubt('hidden_repeated') }}
