{{ check_doubt('shown_rounded') }}
