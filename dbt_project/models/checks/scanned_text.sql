{{ check_doubt('scanned_text') }}
