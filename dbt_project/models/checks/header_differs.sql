{{ check_doubt('header_differs') }}
